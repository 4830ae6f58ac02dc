namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// Signs what this process says of itself, and checks what others say of themselves: the host's keys stand
/// behind it. Used for goodbyes, so that nobody can say goodbye for another.
/// </summary>
public interface IStatementSigner
{
    /// <summary>Signs a statement with this process's key; at most 128 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> statement);

    /// <summary>True when the statement is signed with the key of the process that is said to have made it.</summary>
    bool Verify(ProcessId author, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature);
}
