using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Bearer tokens of agents. They are stateless: peer id, expiry and an HMAC-SHA256 over both with a key that
/// never leaves the data folder, so a coordinator that restarts still takes the tokens it gave, and holds no
/// memory for them.
/// </summary>
/// <param name="key">The secret key, at least 32 bytes.</param>
/// <param name="clock">The clock that tokens expire by.</param>
/// <param name="lifetime">How long a token is good.</param>
public sealed class AgentTokens(byte[] key, TimeProvider clock, TimeSpan lifetime)
{
    private const int SignedSize = PeerId.SizeBytes + sizeof(long);
    private const int Size = SignedSize + HMACSHA256.HashSizeInBytes;

    /// <summary>Says in the MAC what it is for, so that no other use of the key yields a token.</summary>
    private static ReadOnlySpan<byte> Purpose => "gridvolunteer-agent-token-v1:"u8;

    /// <summary>How long a token is good.</summary>
    public TimeSpan Lifetime => lifetime;

    /// <summary>A token for <paramref name="peer"/>, good from now for <see cref="Lifetime"/>.</summary>
    public string Issue(PeerId peer)
    {
        Span<byte> token = stackalloc byte[Size];
        peer.CopyTo(token);
        BinaryPrimitives.WriteInt64BigEndian(
            token[PeerId.SizeBytes..], (clock.GetUtcNow() + lifetime).ToUnixTimeMilliseconds());
        Sign(token[..SignedSize], token[SignedSize..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whose token it is; false when it was not issued here or has expired.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out PeerId peer)
    {
        peer = default;
        Span<byte> token = stackalloc byte[Size];
        if (text.Length != Base64Url.GetEncodedLength(Size)
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, token, out var written) || written != Size)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(token[..SignedSize], expected);
        var expiry = BinaryPrimitives.ReadInt64BigEndian(token[PeerId.SizeBytes..]);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[SignedSize..])
            || expiry <= clock.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return false;
        }

        peer = PeerId.FromBytes(token[..PeerId.SizeBytes]);
        return true;
    }

    private void Sign(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[Purpose.Length + SignedSize];
        Purpose.CopyTo(message);
        signed.CopyTo(message[Purpose.Length..]);
        HMACSHA256.HashData(key, message, mac);
    }
}
