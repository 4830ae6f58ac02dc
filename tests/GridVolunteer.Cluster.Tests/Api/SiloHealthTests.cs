using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Cluster.Tests.Redis;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>What a container engine asks a silo's program.</summary>
public sealed class SiloHealthTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    [FactWithRedis]
    public async Task Health_SaysWhetherASiloIsWell()
    {
        Uri url;
        await using (var silos = await TestSilos.StartAsync(shared.Server))
        {
            url = silos.Service.Url;
            Assert.Equal((0, "healthy"), await AskAsync(url.ToString()));
        }

        var (code, said) = await AskAsync(url.ToString());
        Assert.Equal(1, code);
        Assert.Contains("does not answer", said, StringComparison.Ordinal);
        var refused = SiloCommand.Create(TextWriter.Null, default).Parse(["health", "silo"]);
        Assert.Contains("'silo' is not an address", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> AskAsync(string url)
    {
        using var output = new StringWriter();
        var code = await SiloCommand.Create(output, default).Parse(["health", url]).InvokeAsync();
        return (code, output.ToString().TrimEnd());
    }
}
