using System.Text;
using GridVolunteer.Workloads.ParameterSweep.Running;

namespace GridVolunteer.Workloads.Tests.ParameterSweep;

public sealed class BoundedCaptureTests
{
    [Theory]
    [InlineData("hello", 10, false, "hello")]
    [InlineData("hello", 5, false, "hello")]
    [InlineData("hello", 3, false, "hel")]
    [InlineData("hello", 3, true, "llo")]
    [InlineData("aéb", 2, false, "a")]
    [InlineData("aéb", 3, false, "aé")]
    [InlineData("aéb", 2, true, "b")]
    [InlineData("a€", 3, false, "a")]
    [InlineData("", 3, true, "")]
    public async Task Capture_KeepsWholeCharactersUpToItsBound(
        string text, int sizeBytesMax, bool keepEnd, string kept)
    {
        var capture = new BoundedCapture(sizeBytesMax, keepEnd);
        await capture.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), default);
        Assert.Equal(kept, capture.Text);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), capture.TotalBytes);
    }

    [Fact]
    public async Task Capture_OfMuch_KeepsTheRightEnd()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i},"));
        var first = new BoundedCapture(100, keepEnd: false);
        var last = new BoundedCapture(100, keepEnd: true);
        await first.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), default);
        await last.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), default);
        Assert.Equal(text[..100], first.Text);
        Assert.Equal(text[^100..], last.Text);
        Assert.True(first.IsCut);
    }
}
