#!/bin/sh
exec dotnet run -c Release --project "$(dirname "$0")/Word2Vec.xproj" -- demo "$@"
