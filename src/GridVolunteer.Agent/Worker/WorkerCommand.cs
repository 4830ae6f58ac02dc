namespace GridVolunteer.Agent.Worker;

/// <summary>The program that serves as a worker, and its arguments before the worker's own.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">What comes first.</param>
public sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program with the verb <c>worker</c>, however it was started (<c>dotnet x.dll</c> too).</summary>
    public static WorkerCommand OfThisProgram()
    {
        var program = Environment.ProcessPath
            ?? throw new AgentException("The system does not say which program this is, so no worker can be started.");
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost
            ? new WorkerCommand(program, [Path.GetFullPath(Environment.GetCommandLineArgs()[0]), "worker"])
            : new WorkerCommand(program, ["worker"]);
    }
}
