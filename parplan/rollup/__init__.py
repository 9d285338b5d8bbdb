"""How do many offices stand together?"""
