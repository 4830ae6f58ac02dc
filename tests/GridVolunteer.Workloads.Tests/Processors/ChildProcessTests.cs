namespace GridVolunteer.Workloads.Tests.Processors;

public sealed class ChildProcessTests
{
    public static TheoryData<string> Modes => ProcessorMode.Names;

    [Theory]
    [MemberData(nameof(Modes))]
    public void Child_RunsInItsMode(string mode) =>
        Assert.Equal("here", ChildProcess.Run(ProcessorMode.Named(mode), Here));

    [Fact]
    public void Child_WhoseSwitchIsIgnored_IsAFailure()
    {
        var mode = ProcessorMode.Named("WithoutVectors") with { Switch = null };
        var failure = Assert.Throws<InvalidOperationException>(() => ChildProcess.Run(mode, Here));
        Assert.Contains("ignored the switch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Child_ThatThrows_IsAFailure()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            () => ChildProcess.Run(ProcessorMode.Named("AsItIs"), Fail));
        Assert.Contains("on purpose", failure.Message, StringComparison.Ordinal);
    }

    private static string Here() => "here";

    private static string Fail() => throw new InvalidOperationException("on purpose");
}
