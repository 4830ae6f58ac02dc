using GridVolunteer.Agent.Worker;
using GridVolunteer.Cli.CommandLine;

// A worker process starts once for each job and slot: it never pays for parsing a command line.
if (args is ["worker", ..])
{
    return await WorkerMain.RunAsync(args[1..]);
}

using var interruption = new Interruption();
return await CliRun.InvokeAsync(args, CliHost.OfProcess(), interruption.Token);
