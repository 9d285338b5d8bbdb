@echo off
rem Double-click: a terminal in the folder of the plan, in which the word parplan works.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "PATH=%~dp0;%PATH%"
set "NoDefaultCurrentDirectoryInExePath=1"
title parplan
cd /d "%USERPROFILE%"
for /f "usebackq delims=" %%w in (`parplan.exe settings workspace`) do pushd "%%w"
parplan.exe --help
echo.
parplan.exe
cmd /k
