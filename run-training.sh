#!/bin/sh
exec dotnet run -c Release --project "$(dirname "$0")/src/Word2Vec.CommandLine" -- demo "$@"
