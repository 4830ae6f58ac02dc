using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Tests.Presentation;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(5L << 40, "5.0 TiB")]
    public void Bytes_TakeTheUnitThatReadsBest(long bytes, string expected) =>
        Assert.Equal(expected, Wording.Bytes(bytes));

    [Theory]
    [InlineData(0, 10, "0 %")]
    [InlineData(999, 1000, "99 %")]
    [InlineData(1000, 1000, "100 %")]
    public void Percent_IsOneHundredOnlyWhenAllIsThere(long part, long whole, string expected) =>
        Assert.Equal(expected, Wording.Percent(part, whole));

    [Theory]
    [InlineData(4.25, "4.3 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3 * 3600, "3 h 0 min")]
    [InlineData(53 * 3600, "2 d 5 h")]
    public void Span_TakesAtMostTwoUnits(double seconds, string expected) =>
        Assert.Equal(expected, Wording.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1 unit")]
    [InlineData(0, "0 units")]
    [InlineData(1200, "1,200 units")]
    public void Counted_PutsTheNounInItsNumber(long count, string expected) =>
        Assert.Equal(expected, Wording.Counted(count, "unit"));
}
