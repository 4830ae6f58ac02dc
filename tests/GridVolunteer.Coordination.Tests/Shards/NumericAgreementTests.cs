using System.Text;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>When two JSON results are the same within a tolerance.</summary>
public sealed class NumericAgreementTests
{
    [Theory]
    [InlineData("1", "1", 0.0)]
    [InlineData("1", "1.0", 0.0)]
    [InlineData("100", "101", 0.99)]
    [InlineData("100", "102", null)]
    [InlineData("0", "0.1", 1.0)]
    [InlineData("0", "0.11", null)]
    [InlineData("-1", "1", null)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2.05,\"a\":1.0}", 0.5)]
    [InlineData("{\"a\":1}", "{\"b\":1}", null)]
    [InlineData("{\"a\":1}", "{\"a\":1,\"b\":1}", null)]
    [InlineData("[1,[2,3]]", "[1,[2,3.02]]", 0.2)]
    [InlineData("[1,2]", "[1,2,3]", null)]
    [InlineData("[1,2]", "{\"a\":1}", null)]
    [InlineData("\"x\"", "\"x\"", 0.0)]
    [InlineData("\"x\"", "\"y\"", null)]
    [InlineData("true", "true", 0.0)]
    [InlineData("true", "false", null)]
    [InlineData("null", "null", 0.0)]
    [InlineData("1e999", "1e999", 0.0)]
    [InlineData("1e999", "1e998", null)]
    [InlineData("9007199254740993", "9007199254740993", 0.0)]
    [InlineData(" [ 1 ] ", "[1]", 0.0)]
    public void Distance_IsTheLargestDifferenceAsAPartOfWhatIsAllowed(string a, string b, double? expected)
    {
        var rule = new AgreementRule(AgreementKind.Numeric, 0.1, 0.01);
        foreach (var (first, second) in new[] { (a, b), (b, a) })
        {
            var distance = NumericAgreement.Distance(
                Encoding.UTF8.GetBytes(first), Encoding.UTF8.GetBytes(second), rule);
            Assert.Equal(expected is null, distance is null);
            Assert.Equal(expected ?? 0, distance ?? 0, 1e-2);
        }
    }

    [Fact]
    public void WithoutTolerance_EqualNumbersAgreeAndOthersDoNot()
    {
        var rule = new AgreementRule(AgreementKind.Numeric);
        Assert.Equal(0, NumericAgreement.Distance("1"u8.ToArray(), "1.0"u8.ToArray(), rule));
        Assert.Null(NumericAgreement.Distance("1"u8.ToArray(), "1.0000001"u8.ToArray(), rule));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\":[1,\"\\ud800\"]}")]
    [InlineData("{\"\\udc00\":1}")]
    public void WhatIsNoJson_CannotBeCompared(string result) =>
        Assert.NotNull(NumericAgreement.Refuse(
            new Protocol.Packing.PackedResult(false, Encoding.UTF8.GetBytes(result))));

    [Fact]
    public void BytesThatAreNoText_CannotBeCompared()
    {
        byte[] result = [(byte)'"', 0xff, (byte)'"'];
        Assert.NotNull(NumericAgreement.Refuse(new Protocol.Packing.PackedResult(false, result)));
    }
}
