using System.CommandLine;
using System.Text.Json;

namespace GridVolunteer.Benchmarks.Tests.Kernels;

public sealed class KernelsCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Json_HasTheFieldsThatOthersRead_AndNullForPeersThatAreNotThere()
    {
        Assert.Equal(0, await RunAsync("--json", "--no-peers", "--rounds", "1", "--seconds", "0.001"));

        var report = JsonElement.Parse(_output.ToString());
        var proteins = report.GetProperty("proteinSearch").EnumerateArray().ToArray();
        Assert.Equal([286, 381, 755], proteins.Select(p => p.GetProperty("queryLength").GetInt32()));
        Assert.All(proteins, p => Assert.True(p.GetProperty("gcups").GetDouble() > 0));
        Assert.All(proteins, p => Assert.Equal(JsonValueKind.Null, p.GetProperty("parasailGcups").ValueKind));
        var options = report.GetProperty("optionPricing");
        Assert.True(options.GetProperty("asianPathStepsPerSecond").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, options.GetProperty("quantLibPathStepsPerSecond").ValueKind);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Table_NamesQueriesAndPrices()
    {
        Assert.Equal(0, await RunAsync("--no-peers", "--rounds", "1", "--seconds", "0.001"));

        Assert.Contains("query of 755 residues", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("price by OptionPricing ", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--seconds", "0")]
    [InlineData("--seconds", "NaN")]
    public async Task NumbersOutOfRange_AreRefused(string option, string value)
    {
        Assert.Equal(1, await RunAsync(option, value));
        Assert.Contains(option, _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => new KernelsCommand().Parse(args)
        .InvokeAsync(new InvocationConfiguration { Output = _output, Error = _error });
}
