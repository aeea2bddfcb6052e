dotnet run -c Release --project "$PSScriptRoot/src/Word2Vec.CommandLine" -- demo @args
exit $LASTEXITCODE
