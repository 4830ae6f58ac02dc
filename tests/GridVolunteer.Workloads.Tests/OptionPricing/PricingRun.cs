using System.Text;
using System.Text.Json;
using GridVolunteer.Workloads.OptionPricing;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>Jobs of OptionPricing on portfolios that tests write down, or on files.</summary>
internal static class PricingRun
{
    public const string AsianAndEuropean = """
        name,kind,right,strike,maturity,spot,volatility,dividendYield,rate,fixings,quantity
        asian,asian,call,100,1,100,0.2,,0.05,12,2
        european,european,put,110,0.5,100,0.3,0.02,0.03,,-1

        """;

    public static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "OptionPricing", "sample");

    public static LocalJob OfFile(string path) =>
        new(new OptionPricingWorkload(), new Dictionary<string, string> { ["portfolio"] = path });

    /// <summary>Prices a portfolio, from its text to the output's bytes.</summary>
    public static async Task<string> OfTextAsync(string portfolio, string parameters, params long[] failed)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, portfolio);
            var job = await OfFile(path).PlanAsync(parameters);
            return Encoding.UTF8.GetString(await job.RunToBytesAsync(failed));
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static JsonElement Contract(string output, string name) => JsonElement.Parse(output)
        .GetProperty("contracts").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
}
