using GridVolunteer.Cli.CommandLine;

using var interruption = new Interruption();
return await CliRun.InvokeAsync(args, CliHost.OfProcess(), interruption.Token);
