using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>What became of one unit: result bytes, a file that holds them, or a failure.</summary>
/// <param name="Bytes">The result, when it is small.</param>
/// <param name="File">The name of a file in the worker's result folder, when it is large.</param>
/// <param name="Failure">What went wrong, or null.</param>
/// <param name="Message">About the failure, for people.</param>
internal readonly record struct UnitOutcome(
    ReadOnlyMemory<byte> Bytes, string? File, UnitFailureKind? Failure, string? Message)
{
    /// <summary>The longest message of a failure, in characters.</summary>
    public const int MessageLengthMax = 2000;

    public static UnitOutcome Small(ReadOnlyMemory<byte> bytes) => new(bytes, null, null, null);

    public static UnitOutcome Large(string file) => new(default, file, null, null);

    public static UnitOutcome Failed(UnitFailureKind kind, string message) =>
        new(default, null, kind, message.Length > MessageLengthMax ? message[..MessageLengthMax] : message);
}
