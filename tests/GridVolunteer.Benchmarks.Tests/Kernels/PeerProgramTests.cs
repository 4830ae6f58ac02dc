using GridVolunteer.Benchmarks.Kernels;

namespace GridVolunteer.Benchmarks.Tests.Kernels;

public sealed class PeerProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gridvolunteer-peer-test-").FullName;
    private readonly List<string> _said = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task CompilerThatIsMissing_IsNamedWithWhatToInstall()
    {
        var recipe = PeerRecipe.Parasail with { Compiler = "no-such-compiler" };

        Assert.Null(await PeerProgram.TryCompileAsync(recipe, _folder, _said.Add, default));

        Assert.Equal(
            "Without parasail: there is no no-such-compiler. Install it: apt-get install gcc libparasail-dev",
            Assert.Single(_said));
    }

    [Fact]
    public async Task CompilerThatFails_IsNoErrorEither()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A program that takes any arguments and fails.
        var recipe = PeerRecipe.QuantLib with { Compiler = "false" };

        Assert.Null(await PeerProgram.TryCompileAsync(recipe, _folder, _said.Add, default));

        Assert.StartsWith(
            "Without QuantLib: it does not compile (exit code 1).", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_IsReadWhateverTheCulture()
    {
        var output = PeerOutput.Parse("parasail 2.6.0\n1200000000 0.75\n17\n4\n");

        Assert.Equal("parasail 2.6.0", output.Version);
        Assert.Equal(1.6e9, output.Lap.Rate);
        Assert.Equal([17, 4], output.Figures);
    }
}
