using System.Buffers.Binary;
using GridVolunteer.Groups;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Engine;

namespace GridVolunteer.Simulation.Identity;

/// <summary>
/// Stands in for real signatures: a hash over author and statement. Nobody in a simulation forges one on purpose;
/// what chance changes does not fit.
/// </summary>
public sealed class SimulatedSigner(ProcessId self) : IStatementSigner
{
    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement) => Tag(self, statement);

    /// <inheritdoc/>
    public bool Verify(ProcessId author, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        signature.SequenceEqual(Tag(author, statement));

    private static byte[] Tag(ProcessId author, ReadOnlySpan<byte> statement)
    {
        var hash = new TraceHash();
        hash.Add((long)(ulong)author.Value, 1, 2);
        hash.Add(statement);
        var tag = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(tag, hash.Value);
        return tag;
    }
}
