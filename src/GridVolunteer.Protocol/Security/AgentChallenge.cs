using System.Security.Cryptography;

namespace GridVolunteer.Protocol.Security;

/// <summary>
/// How an agent proves its key: it signs the coordinator's nonce behind a fixed prefix, so that a signature
/// given here can never stand for anything else. ECDSA P-256 with SHA-256, IEEE P1363 form (64 bytes).
/// </summary>
public static class AgentChallenge
{
    /// <summary>The longest nonce that is signed, in bytes.</summary>
    public const int NonceSizeBytesMax = 256;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureSizeBytes = 64;

    private static ReadOnlySpan<byte> Prefix => "gridvolunteer-challenge-v1:"u8;

    /// <summary>Signs <paramref name="nonce"/>, at most <see cref="NonceSizeBytesMax"/> bytes.</summary>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nonce.Length, NonceSizeBytesMax);
        return key.SignData(
            Message(nonce), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>
    /// Whether the holder of <paramref name="subjectPublicKeyInfo"/> (DER) signed <paramref name="nonce"/>. A
    /// key that is malformed or not on P-256 is answered with false.
    /// </summary>
    public static bool Verify(
        ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> signature)
    {
        if (nonce.Length > NonceSizeBytesMax || signature.Length != SignatureSizeBytes)
        {
            return false;
        }

        using var key = TryImport(subjectPublicKeyInfo);
        return key is not null && key.VerifyData(
            Message(nonce), signature, HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Whether these bytes are exactly one public key on P-256.</summary>
    public static bool IsUsableKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        using var key = TryImport(subjectPublicKeyInfo);
        return key is not null;
    }

    private static ECDsa? TryImport(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        // A P-256 key has 91 bytes; anything much longer is not worth parsing.
        if (subjectPublicKeyInfo.Length is 0 or > 256)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            var curve = key.ExportParameters(includePrivateParameters: false).Curve;
            if (read == subjectPublicKeyInfo.Length && curve.IsNamed && IsP256(curve.Oid))
            {
                var usable = key;
                key = null;
                return usable;
            }

            return null;
        }
        catch (CryptographicException)
        {
            // Not a key: refused by answering null.
            return null;
        }
        finally
        {
            key?.Dispose();
        }
    }

    private static bool IsP256(Oid oid) =>
        oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
        || oid.FriendlyName is "nistP256" or "ECDSA_P256";

    private static byte[] Message(ReadOnlySpan<byte> nonce)
    {
        var message = new byte[Prefix.Length + nonce.Length];
        Prefix.CopyTo(message);
        nonce.CopyTo(message.AsSpan(Prefix.Length));
        return message;
    }
}
