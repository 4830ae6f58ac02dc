using System.Net;
using GridVolunteer.Agent;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Sdk;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>
/// What a failure means to the person at the keyboard: a sentence and what to do, never a stack trace.
/// </summary>
public static class FailureText
{
    /// <summary>The variable that asks for the whole exception, for who mends this program.</summary>
    public const string TraceVariable = "GRIDVOLUNTEER_TRACE";

    /// <summary>The text for <paramref name="failure"/>.</summary>
    public static string Of(Exception failure, CliHost host) => failure switch
    {
        _ when host.Variable(TraceVariable) is { Length: > 0 } => failure.ToString(),
        CliException => failure.Message,
        CoordinatorUnreachableException =>
            $"{failure.Message}\nStart one with '{CommandPath.Program} coordinator', or say where it is with --coordinator URL.",
        CoordinatorProblemException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused =>
            $"{Refusal(refused)}\nPass the operator's token with --token or GRIDVOLUNTEER_TOKEN; "
            + "it is in operator.token in the coordinator's data folder.",
        CoordinatorProblemException refused => Refusal(refused),
        WorkloadException or WorkloadLoadException => failure.Message,
        CoordinatorStartException or AgentException => failure.Message,
        IOException or UnauthorizedAccessException => failure.Message,
        _ => $"Unexpected: {failure.Message}\nThis is a fault of {CommandPath.Program}; "
            + $"set {TraceVariable}=1 to see where it happened.",
    };

    /// <summary>How the process ends after <paramref name="failure"/>.</summary>
    public static ExitCode ExitCodeOf(Exception failure) => failure switch
    {
        CliException refused => refused.ExitCode,
        WorkloadException => ExitCode.WrongUse,
        _ => ExitCode.Failed,
    };

    /// <summary>
    /// What is wrong this time; the kind of problem only where the coordinator says no more.
    /// </summary>
    private static string Refusal(CoordinatorProblemException problem) =>
        string.Join("\n  - ", [problem.Detail ?? problem.Title, .. problem.Errors]);
}
