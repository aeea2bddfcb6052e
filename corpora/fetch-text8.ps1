# Fetches text8, the first 100,000,000 bytes of cleaned English Wikipedia (M. Mahoney), into a folder: fetch-text8.ps1 [folder]
# Without a folder it goes beside this script. The twin of fetch-text8.sh; needs nothing but PowerShell 5.1 or later.
param([string]$Folder = $PSScriptRoot)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$url = 'http://mattmahoney.net/dc/text8.zip'
$checksum = 'a6640522afe85d1963ad56c05b0ede0a0c000dddc9671758a6cc09b7a38e5232'
$size = 100000000

New-Item -ItemType Directory -Force $Folder | Out-Null
$text = Join-Path $Folder 'text8'
if ((Test-Path $text) -and (Get-Item $text).Length -eq $size) {
    Write-Output "$text is there already."
    exit 0
}
$partial = Join-Path $Folder ('text8.' + [System.IO.Path]::GetRandomFileName())
New-Item -ItemType Directory $partial | Out-Null
try {
    $zip = Join-Path $partial 'text8.zip'
    try { Invoke-WebRequest -UseBasicParsing $url -OutFile $zip }
    catch { throw "cannot fetch $url ($($_.Exception.Message)). Try again later, or get text8.zip elsewhere and unpack it to $text." }
    $found = (Get-FileHash $zip -Algorithm SHA256).Hash
    if ($found -ne $checksum) { throw "what came from $url has SHA-256 $found, expected $checksum. Run this again." }
    Expand-Archive $zip $partial
    $found = (Get-Item (Join-Path $partial 'text8')).Length
    if ($found -ne $size) { throw "the unpacked text8 has $found bytes, expected $size; is the disk full? Run this again." }
    Move-Item -Force (Join-Path $partial 'text8') $text
    Write-Output $text
}
catch {
    [Console]::Error.WriteLine("fetch-text8: $($_.Exception.Message)")
    exit 1
}
finally {
    Remove-Item -Recurse -Force $partial
}
