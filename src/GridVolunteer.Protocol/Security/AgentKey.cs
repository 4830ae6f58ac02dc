using System.Security.Cryptography;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Security;

/// <summary>
/// An agent's ECDSA P-256 key pair; the agent's id is the hash of its public half. Safe for concurrent use.
/// </summary>
public sealed class AgentKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    private AgentKey(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Peer = PeerId.OfPublicKey(PublicKey);
    }

    /// <summary>The public key, DER SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The agent's id.</summary>
    public PeerId Peer { get; }

    /// <summary>A new key.</summary>
    public static AgentKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads what <see cref="ExportPem"/> wrote.</summary>
    /// <exception cref="CryptographicException">The text holds no key.</exception>
    public static AgentKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new AgentKey(key);
        }
        catch (ArgumentException fault)
        {
            key.Dispose();
            throw new CryptographicException("The text holds no private key in PEM form.", fault);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The private key as PKCS#8 PEM: a secret.</summary>
    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>Signs a coordinator's challenge.</summary>
    public byte[] SignChallenge(ReadOnlySpan<byte> nonce)
    {
        lock (_gate)
        {
            return AgentChallenge.Sign(_key, nonce);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
