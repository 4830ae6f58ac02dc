using GridVolunteer.Cli.Jobs;

namespace GridVolunteer.Cli.Tests.Jobs;

public sealed class OutputFileTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task File_AppearsWhenItIsComplete()
    {
        var path = Path.Combine(_cli.Home, "out");
        await OutputFile.WriteAsync(path, _cli.Host.Terminal, async stream =>
        {
            await stream.WriteAsync("all"u8.ToArray());
            Assert.False(File.Exists(path));
        });
        Assert.Equal("all", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task File_ThatBreaksOff_LeavesNothingBehind()
    {
        var path = Path.Combine(_cli.Home, "out");
        await Assert.ThrowsAsync<IOException>(
            () => OutputFile.WriteAsync(path, _cli.Host.Terminal, _ => throw new IOException("gone")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cli.Home));
    }

    [Fact]
    public async Task Device_IsWrittenTo_AndNotReplaced()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The full device refuses what is written to it, which a file in its place would not.
        await Assert.ThrowsAsync<IOException>(() => OutputFile.WriteAsync(
            "/dev/full", _cli.Host.Terminal, async stream => await stream.WriteAsync("x"u8.ToArray())));
        Assert.False(File.Exists("/dev/full.part"));
    }
}
