using System.CommandLine;
using System.Runtime.InteropServices;
using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Coordinator.Hosting;

// A polite kill and Ctrl-C drain the silo: requests under way are answered, grains move to the other silos.
using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
var command = SiloCommand.Create(Console.Out, stop.Token).Parse(args);
var invocation = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = null,
};
try
{
    var code = await command.InvokeAsync(invocation);
    return command.Errors.Count > 0 ? 2 : code;
}
catch (CoordinatorStartException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 1; // Stopped before it had started.
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
