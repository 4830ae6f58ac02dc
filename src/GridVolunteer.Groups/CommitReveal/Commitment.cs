using System.Security.Cryptography;

namespace GridVolunteer.Groups.CommitReveal;

/// <summary>
/// A promise of a result that does not show it: the SHA-256 of tag (16 bytes), subject (32), process (16),
/// nonce (32) and digest (32), each of fixed length, so that no two openings read alike (the hash commitment
/// of Halevi and Micali, CRYPTO 1996). The process stands inside: a copy of another's commitment opens for
/// nobody.
/// </summary>
public static class Commitment
{
    private const int SizeBytes = 16 + Bytes32.SizeBytes + ProcessId.SizeBytes + (2 * Bytes32.SizeBytes);

    private static ReadOnlySpan<byte> Tag => "groups.commit.v1"u8;

    /// <summary>The commitment of a process to a result.</summary>
    /// <param name="subject">What is committed to: the host packs job, level, unit and attempt into
    /// it.</param>
    /// <param name="process">Who commits.</param>
    /// <param name="opening">What will open it.</param>
    public static Bytes32 Of(Bytes32 subject, ProcessId process, Opening opening)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        Tag.CopyTo(bytes);
        subject.CopyTo(bytes[16..]);
        process.CopyTo(bytes[48..]);
        opening.Nonce.CopyTo(bytes[64..]);
        opening.Digest.CopyTo(bytes[96..]);
        Span<byte> hash = stackalloc byte[Bytes32.SizeBytes];
        SHA256.HashData(bytes, hash);
        return Bytes32.From(hash);
    }
}
