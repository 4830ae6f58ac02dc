using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk;
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
}
