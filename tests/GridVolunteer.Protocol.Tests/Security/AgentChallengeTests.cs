using System.Security.Cryptography;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Security;

namespace GridVolunteer.Protocol.Tests.Security;

/// <summary>Proof of a key, and what is no proof.</summary>
public sealed class AgentChallengeTests
{
    private static readonly byte[] Nonce = [1, 2, 3];

    [Fact]
    public void ASignature_ProvesItsKey_AndNoOther()
    {
        using var key = AgentKey.Create();
        using var other = AgentKey.Create();
        var signature = key.SignChallenge(Nonce);
        Assert.True(AgentChallenge.Verify(key.PublicKey, Nonce, signature));
        Assert.False(AgentChallenge.Verify(other.PublicKey, Nonce, signature));
        Assert.False(AgentChallenge.Verify(key.PublicKey, [1, 2, 4], signature));
    }

    [Fact]
    public void ASignatureOfTheBareNonce_ProvesNothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = key.SignData(Nonce, HashAlgorithmName.SHA256);
        Assert.False(AgentChallenge.Verify(key.ExportSubjectPublicKeyInfo(), Nonce, signature));
    }

    [Fact]
    public void AKeyOnAnotherCurve_IsNotUsable()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(AgentChallenge.IsUsableKey(key.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void BytesThatAreNoKey_OrAKeyAndMore_AreNotUsable()
    {
        using var key = AgentKey.Create();
        Assert.True(AgentChallenge.IsUsableKey(key.PublicKey));
        Assert.False(AgentChallenge.IsUsableKey([]));
        Assert.False(AgentChallenge.IsUsableKey([1, 2, 3]));
        Assert.False(AgentChallenge.IsUsableKey([.. key.PublicKey, 0]));
        Assert.False(AgentChallenge.IsUsableKey(new byte[5000]));
    }

    [Fact]
    public void AKeyWrittenAsPem_IsTheSameAgent()
    {
        using var key = AgentKey.Create();
        using var again = AgentKey.FromPem(key.ExportPem());
        Assert.Equal(key.Peer, again.Peer);
        Assert.Equal(PeerId.OfPublicKey(key.PublicKey), key.Peer);
        Assert.Throws<CryptographicException>(() => AgentKey.FromPem("no key at all"));
    }
}
