using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk;
using GridVolunteer.Sdk.Hosting;
using GridVolunteer.Workloads.OptionPricing;
using GridVolunteer.Workloads.OptionPricing.Portfolios;
using static GridVolunteer.Workloads.Tests.OptionPricing.PricingRun;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

public sealed class OptionPricingTests
{
    [Theory]
    [InlineData("portfolio.json")]
    [InlineData("portfolio.csv")]
    public async Task Sample_GivesTheExpectedOutput(string file)
    {
        var job = await OfFile(Path.Combine(Sample, file)).PlanAsync("{}");
        var output = await job.RunToBytesAsync();
        Assert.Equal(
            File.ReadAllText(Path.Combine(Sample, "expected.json")).Trim(), Encoding.UTF8.GetString(output));
    }

    [Fact]
    public async Task Output_SaysWhatWasSampledAndHow()
    {
        var output = await OfTextAsync(AsianAndEuropean, """{ "paths": 20000, "seed": 5 }""");
        var asian = Contract(output, "asian");
        Assert.Equal("arithmeticAsian", asian.GetProperty("kind").GetString());
        Assert.Equal((2, 20000, 10000),
            (asian.GetProperty("quantity").GetInt32(), asian.GetProperty("paths").GetInt32(), asian.GetProperty("samples").GetInt32()));
        Assert.False(asian.TryGetProperty("missingPaths", out _));
        Assert.False(asian.TryGetProperty("closedForm", out _));
        var (price, error) = (asian.GetProperty("price").GetDouble(), asian.GetProperty("standardError").GetDouble());
        Assert.Equal(
            [price - (1.959963985 * error), price + (1.959963985 * error)],
            asian.GetProperty("interval").EnumerateArray().Select(end => end.GetDouble()),
            (a, b) => Math.Abs(a - b) < 1e-7);
        var control = asian.GetProperty("control");
        Assert.Equal("geometricAsian", control.GetProperty("kind").GetString());
        Assert.Equal(5.9402002216335, control.GetProperty("mean").GetDouble(), 8);
        Assert.InRange(control.GetProperty("varianceReduction").GetDouble(), 100, 10000);
        var vega = asian.GetProperty("assets")[0].GetProperty("vega");
        Assert.Equal("pathwise", vega.GetProperty("method").GetString());
        Assert.InRange(vega.GetProperty("standardError").GetDouble(), 1e-4, 0.1);
        var form = Contract(output, "european").GetProperty("closedForm");
        Assert.Equal(14.215141181695, form.GetProperty("price").GetDouble(), 8);
        Assert.True(form.GetProperty("exact").GetBoolean());
    }

    [Fact]
    public async Task PortfolioTotals_AreQuantitiesTimesFigures()
    {
        var output = await OfTextAsync(
            "kind,right,strike,maturity,spot,volatility,rate,quantity,asset\n"
                + "european,call,100,1,100,0.2,0.05,3,A\neuropean,put,90,1,100,0.2,0.05,-2,A\neuropean,put,9,1,10,0.3,0.05,0,B\n",
            """{ "paths": 10000 }""");
        var contracts = JsonElement.Parse(output).GetProperty("contracts").EnumerateArray().ToArray();
        var portfolio = JsonElement.Parse(output).GetProperty("portfolio");
        double Figure(int contract, string name) => contracts[contract].GetProperty(name).GetDouble();
        double Greek(int contract, string name) =>
            contracts[contract].GetProperty("assets")[0].GetProperty(name).GetProperty("value").GetDouble();
        Assert.Equal((3 * Figure(0, "price")) - (2 * Figure(1, "price")), portfolio.GetProperty("value").GetDouble(), 1e-6);
        Assert.Equal(
            Math.Sqrt(Math.Pow(3 * Figure(0, "standardError"), 2) + Math.Pow(2 * Figure(1, "standardError"), 2)),
            portfolio.GetProperty("standardError").GetDouble(), 1e-6);
        var assets = portfolio.GetProperty("assets").EnumerateArray().ToArray();
        Assert.Equal(["A", "B"], assets.Select(asset => asset.GetProperty("name").GetString()));
        Assert.Equal((3 * Greek(0, "delta")) - (2 * Greek(1, "delta")), assets[0].GetProperty("delta").GetDouble(), 1e-6);
        Assert.Equal((3 * Greek(0, "vega")) - (2 * Greek(1, "vega")), assets[0].GetProperty("vega").GetDouble(), 1e-6);
        Assert.Equal(0, assets[1].GetProperty("delta").GetDouble());
    }

    [Fact]
    public async Task AnotherSeed_GivesAnotherAnswer_AndTheSameSeedTheSame()
    {
        var first = await OfTextAsync(AsianAndEuropean, """{ "paths": 1000, "seed": 1 }""");
        Assert.Equal(first, await OfTextAsync(AsianAndEuropean, """{ "paths": 1000, "seed": 1 }"""));
        Assert.NotEqual(first, await OfTextAsync(AsianAndEuropean, """{ "paths": 1000, "seed": 2 }"""));
    }

    [Fact]
    public async Task FailedUnits_LowerTheSamples_AndTheOutputSaysSo()
    {
        var output = await OfTextAsync(AsianAndEuropean, """{ "paths": 100000, "unitSteps": 300000 }""", failed: [1, 2]);
        var asian = Contract(output, "asian");
        var (paths, missing) = (asian.GetProperty("paths").GetInt64(), asian.GetProperty("missingPaths").GetInt64());
        Assert.Equal(100000, paths + missing);
        Assert.InRange(missing, 20000, 50000);
        Assert.InRange(asian.GetProperty("price").GetDouble(), 6.1, 6.2);
        var plotted = JsonElement.Parse(output).GetProperty("plots")[0].GetProperty("series")[1].GetProperty("x");
        Assert.Equal(paths, plotted[plotted.GetArrayLength() - 1].GetInt64());
    }

    [Fact]
    public async Task WhereAllUnitsFailed_ThereIsNoFigureButAnOutput()
    {
        var output = await OfTextAsync(AsianAndEuropean, """{ "paths": 1000, "unitSteps": 1000000000 }""", failed: [0]);
        var asian = Contract(output, "asian");
        Assert.Equal(1000, asian.GetProperty("missingPaths").GetInt64());
        Assert.Equal(JsonValueKind.Null, asian.GetProperty("price").ValueKind);
        Assert.Equal(JsonValueKind.Null, JsonElement.Parse(output).GetProperty("portfolio").GetProperty("value").ValueKind);
        Assert.Equal(0, JsonElement.Parse(output).GetProperty("plots").GetArrayLength());
    }

    [Fact]
    public async Task Plot_ShowsTheNamedContract_AndEndsAtItsPrice()
    {
        var output = await OfTextAsync(AsianAndEuropean, """{ "paths": 100000, "plotContract": "european" }""");
        var plot = JsonElement.Parse(output).GetProperty("plots")[0];
        Assert.Equal("Convergence of european", plot.GetProperty("title").GetString());
        var series = plot.GetProperty("series").EnumerateArray().ToArray();
        Assert.Equal(["band", "line", "line"], series.Select(s => s.GetProperty("kind").GetString()));
        var contract = Contract(output, "european");
        var last = series[1].GetProperty("y").EnumerateArray().Last().GetDouble();
        Assert.Equal(contract.GetProperty("price").GetDouble(), last);
        var x = series[0].GetProperty("x").EnumerateArray().Select(v => v.GetInt64()).ToArray();
        Assert.Equal(x.Distinct().Order(), x);
        Assert.Equal((100000, 40), (x[^1], x.Length));
        var widths = series[0].GetProperty("high").EnumerateArray().Zip(
            series[0].GetProperty("y").EnumerateArray(), (high, low) => high.GetDouble() - low.GetDouble()).ToArray();

        // Forty quarter octaves fewer paths make the band √1024 times as wide, give or take.
        Assert.InRange(widths[0] / widths[^1], 16, 64);
    }

    [Fact]
    public async Task ContractThatNeverPays_HasAPriceOfZeroAndNoErrorInJson()
    {
        var output = await OfTextAsync(
            "name,kind,right,strike,maturity,spot,volatility,rate\nx,european,call,1000,0.1,1,0.1,0\n", """{ "paths": 1000 }""");
        var contract = Contract(output, "x");
        Assert.Equal((0, 0), (contract.GetProperty("price").GetDouble(), contract.GetProperty("standardError").GetDouble()));
        Assert.Equal(1, contract.GetProperty("control").GetProperty("varianceReduction").GetDouble());
    }

    [Theory]
    [InlineData("""{ "paths": 1001 }""", "paths is 1001, but antithetic paths come in pairs: give an even number")]
    [InlineData("""{ "paths": 10 }""", "paths is 10, but must be from 100 to 1000000000000")]
    [InlineData("""{ "paths": "1e6" , "path": 3 }""", "did you mean 'paths'?")]
    [InlineData("""{ "seed": -1 }""", "seed is '-1', but must be an integer in range")]
    [InlineData("""{ "plotContract": "asia" }""", "the portfolio has no contract of that name: did you mean 'asian'?")]
    [InlineData("""{ "paths": 100000000, "unitSteps": 100 }""", "unitSteps cuts the job into more than 1,000,000 units")]
    [InlineData("""{ "unitSteps": 0 }""", "unitSteps is 0, but must be from 1")]
    public async Task FaultyParameters_AreToldWithWhatToDo(string parameters, string message)
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => OfTextAsync(AsianAndEuropean, parameters));
        Assert.Contains(message, thrown.Message);
    }

    [Theory]
    [InlineData("""{"parts":[{"contract":8,"bucket":0,"text":"1"}]}""", "contract 8, bucket 0, which the job does not have")]
    [InlineData("""{"parts":[{"contract":-1,"bucket":0,"text":"1"}]}""", "contract -1, bucket 0, which")]
    [InlineData("""{"parts":[{"contract":1,"bucket":1,"text":"1"}]}""", "contract 1, bucket 1, which")]
    [InlineData("""{"parts":[null]}""", "null in place of sums")]
    [InlineData("""{"parts":[{"contract":1,"bucket":0,"text":"x 1"}]}""", "'x' is no number of samples")]
    [InlineData("""{"parts":[{"contract":1,"bucket":0,"text":"500001 1"}]}""", "500001 samples of contract 1, bucket 0, which has fewer")]
    [InlineData(
        """{"parts":[{"contract":1,"bucket":0,"text":"250001 0 0 0 0 0 0 0 0 0 0 0"},{"contract":1,"bucket":0,"text":"250000 0 0 0 0 0 0 0 0 0 0 0"}]}""",
        "500001 samples of contract 1, bucket 0, which has fewer")]
    public async Task ResultOfAnotherJob_IsRefusedWithWords(string result, string message)
    {
        IWorkload workload = new OptionPricingWorkload();
        var job = await OfFile(Path.Combine(Sample, "portfolio.csv")).PlanAsync("{}");
        var context = new MergeContext
        {
            Level = 1,
            Index = 0,
            IsLast = false,
            Children = [Encoding.UTF8.GetBytes(result)],
            FirstChild = 0,
            Parameters = job.Plan.Parameters,
            Inputs = job.Context(0, "").Inputs,
        };
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            async () => await workload.MergeAsync(context, default));
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public async Task LargestPortfolios_StayWithinTheSizeOfAResult()
    {
        var many = new StringBuilder("kind,right,strike,maturity,spot,volatility,rate,asset\n");
        for (var i = 0; i < Portfolio.ContractsMax; i++)
        {
            many.Append($"european,put,{100 + (i * 0.01):0.00},1,100,0.{i % 89 + 10},0.05,A-{i}\n");
        }

        var wide = new StringBuilder("kind,right,strike,maturity,spot,volatility,rate,weights,correlation,asset\n");
        string List(Func<int, string> value) => string.Join(';', Enumerable.Range(0, Portfolio.BasketAssetsMax).Select(value));
        for (var i = 0; i < Portfolio.AssetsMax / Portfolio.BasketAssetsMax; i++)
        {
            wide.Append($"basket,put,3200,1,{List(_ => "100")},0.2,0.05,1,0.5,{List(asset => $"asset-{i}-{asset}")}\n");
        }

        foreach (var text in new[] { many.ToString(), wide.ToString() })
        {
            Assert.InRange((await OfTextAsync(text, """{ "paths": 100 }""")).Length, 1 << 20, 16 << 20);
        }
    }
}
