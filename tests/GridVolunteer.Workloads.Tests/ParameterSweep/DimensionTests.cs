using System.Text.Json;
using FsCheck.Xunit;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep.Dimensions;

namespace GridVolunteer.Workloads.Tests.ParameterSweep;

public sealed class DimensionTests
{
    [Theory]
    [InlineData("1..5", "1 2 3 4 5")]
    [InlineData("-1..1", "-1 0 1")]
    [InlineData("0..1:0.1", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [InlineData("0..1:0.3", "0 0.3 0.6 0.9")]
    [InlineData("5..1:-2", "5 3 1")]
    [InlineData("0.5..2", "0.5 1.5")]
    [InlineData("1e-3..3e-3:1e-3", "0.001 0.002 0.003")]
    [InlineData("08..11", "08 09 10 11")]
    [InlineData("-01..1", "-01 000 001")]
    [InlineData("7..7", "7")]
    [InlineData("a,b,c", "a b c")]
    [InlineData("1..3,10, 20..21", "1 2 3 10 20 21")]
    [InlineData("5", "5")]
    [InlineData("../data", "../data")]
    [InlineData("1...3", "1...3")]
    [InlineData("""["a,b",5,true]""", "a,b 5 true")]
    public void Values_AreAsWritten(string text, string values)
    {
        var dimension = Dimension.Parse("x", JsonSerializer.SerializeToElement(text));
        Assert.Equal(values.Split(' '), Enumerable.Range(0, (int)dimension.Values.Count).Select(
            i => dimension.Values[i]));
    }

    [Theory]
    [InlineData("5..1", "is empty: to run down, write 5..1:-1")]
    [InlineData("1..5:-1", "is empty: its step points away")]
    [InlineData("1..5:0", "has a step of 0")]
    [InlineData("0..1e14:1e-3", "has more than 1000000000000 values")]
    [InlineData("1..1e20", "is too large for a range")]
    [InlineData("", "has no values: give it as x=1..10")]
    [InlineData("[]", "has no values")]
    [InlineData("[1", "should be a JSON array")]
    [InlineData("[[1]]", "values are texts and numbers")]
    [InlineData("a,,b", "has an empty value")]
    public void Mistake_IsToldWithWhatToDo(string text, string message)
    {
        var thrown = Assert.Throws<WorkloadException>(
            () => Dimension.Parse("x", JsonSerializer.SerializeToElement(text)));
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public void ABillionValues_CostNothing()
    {
        var dimension = Dimension.Parse("x", JsonSerializer.SerializeToElement("1..1000000000"));
        Assert.Equal("1000000000", dimension.Values[999_999_999]);
    }

    [Property]
    public bool Combinations_AreNestedLoops_TheLastVaryingFastest(byte a, byte b, byte c)
    {
        var counts = new[] { (a % 5) + 1, (b % 5) + 1, (c % 5) + 1 };
        var space = new SweepSpace([.. counts.Select((n, i) => Dimension.Parse($"d{i}", JsonSerializer.SerializeToElement($"1..{n}")))]);
        var expected =
            from x in Enumerable.Range(1, counts[0])
            from y in Enumerable.Range(1, counts[1])
            from z in Enumerable.Range(1, counts[2])
            select $"{x} {y} {z}";
        var actual = Enumerable.Range(0, (int)space.Combinations).Select(
            i => string.Join(' ', space[i].Values));
        return expected.SequenceEqual(actual);
    }

    [Fact]
    public void TooManyCombinations_AreRefusedWithTheirProduct()
    {
        Dimension Million(string name) =>
            Dimension.Parse(name, JsonSerializer.SerializeToElement("1..1000000"));
        var thrown = Assert.Throws<WorkloadException>(
            () => new SweepSpace([Million("a"), Million("b"), Million("c")]));
        Assert.Contains("1000000 a x 1000000 b x 1000000 c", thrown.Message);
    }
}
