using System.Security.Cryptography;
using FsCheck.Xunit;

namespace GridVolunteer.Groups.Tests;

public sealed class ProcessIdTests
{
    [Property]
    public bool Text_ReadsBack(ulong high, ulong low)
    {
        var id = new ProcessId(new UInt128(high, low));
        return ProcessId.Parse(id.ToString()) == id;
    }

    [Property]
    public bool Order_IsThatOfTheText(ulong a, ulong b)
    {
        var first = new ProcessId(new UInt128(a, b));
        var second = new ProcessId(new UInt128(b, a));
        return Math.Sign(first.CompareTo(second))
            == Math.Sign(string.CompareOrdinal(first.ToString(), second.ToString()));
    }

    [Fact]
    public void FromHash_TakesTheFirstHalf()
    {
        var hash = SHA256.HashData("a public key"u8);
        Assert.Equal(Convert.ToHexStringLower(hash)[..32], ProcessId.FromHash(hash).ToString());
    }

    [Fact]
    public void FromHash_OfTooFewBytes_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessId.FromHash(new byte[15]));

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("g0000000000000000000000000000000")]
    [InlineData(" 0000000000000000000000000000001")]
    public void Text_ThatIsNoId_IsRefused(string text)
    {
        Assert.False(ProcessId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => ProcessId.Parse(text));
    }
}
