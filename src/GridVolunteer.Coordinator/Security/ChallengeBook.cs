using System.Buffers.Binary;
using System.Security.Cryptography;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Challenges to agents' keys. A nonce carries its own expiry and a MAC that binds it to the key it was made
/// for, so giving one out costs no memory and a flood of requests fills nothing. Only nonces that were
/// answered rightly are remembered, until they expire, so that each is good once.
/// </summary>
/// <param name="key">The secret key, at least 32 bytes.</param>
/// <param name="answered">The nonces that were answered.</param>
/// <param name="clock">The clock that nonces expire by.</param>
public sealed class ChallengeBook(byte[] key, IAnsweredChallenges answered, TimeProvider clock)
{
    private const int RandomSize = 16;
    private const int SignedSize = RandomSize + sizeof(long);
    private const int NonceSize = SignedSize + HMACSHA256.HashSizeInBytes;

    /// <summary>How long a challenge may be answered.</summary>
    public static TimeSpan Lifetime => TimeSpan.FromSeconds(60);

    private static ReadOnlySpan<byte> Purpose => "gridvolunteer-challenge-nonce-v1:"u8;

    /// <summary>
    /// A nonce that the holder of <paramref name="peer"/>'s key may answer, once, within
    /// <see cref="Lifetime"/>.
    /// </summary>
    public byte[] Issue(PeerId peer)
    {
        var nonce = new byte[NonceSize];
        RandomNumberGenerator.Fill(nonce.AsSpan(0, RandomSize));
        BinaryPrimitives.WriteInt64BigEndian(
            nonce.AsSpan(RandomSize), (clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        Sign(peer, nonce.AsSpan(0, SignedSize), nonce.AsSpan(SignedSize));
        return nonce;
    }

    /// <summary>
    /// Whether <paramref name="nonce"/> was made here for <paramref name="peer"/> and has not expired; spends
    /// nothing.
    /// </summary>
    public bool IsGood(PeerId peer, ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length != NonceSize)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(peer, nonce[..SignedSize], mac);
        return CryptographicOperations.FixedTimeEquals(mac, nonce[SignedSize..])
            && BinaryPrimitives.ReadInt64BigEndian(nonce[RandomSize..]) > NowMs();
    }

    /// <summary>Spends a nonce whose answer was right.</summary>
    /// <inheritdoc cref="IAnsweredChallenges.SpendAsync" path="/exception"/>
    public ValueTask<SpendOutcome> SpendAsync(ReadOnlySpan<byte> nonce) => answered.SpendAsync(
        BinaryPrimitives.ReadUInt128BigEndian(nonce),
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(nonce[RandomSize..])));

    private long NowMs() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private void Sign(PeerId peer, ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[Purpose.Length + PeerId.SizeBytes + SignedSize];
        Purpose.CopyTo(message);
        peer.CopyTo(message[Purpose.Length..]);
        signed.CopyTo(message[(Purpose.Length + PeerId.SizeBytes)..]);
        HMACSHA256.HashData(key, message, mac);
    }
}
