dotnet run -c Release --project "$PSScriptRoot/Word2Vec.xproj" -- demo @args
exit $LASTEXITCODE
