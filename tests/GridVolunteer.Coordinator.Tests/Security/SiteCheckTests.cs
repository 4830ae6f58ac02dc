using System.Net;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Tests.Api;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Tests.Security;

/// <summary>Which names a coordinator answers to, by the addresses it is bound to.</summary>
public sealed class SiteCheckTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "192.0.2.7", false)]
    [InlineData("127.0.0.1", "lab", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.7", "LAB", true)]
    [InlineData("0.0.0.0", "192.0.2.8", true)]
    [InlineData("0.0.0.0", "[2001:db8::1]", true)]
    [InlineData("0.0.0.0", "evil.example", false)]
    [InlineData("0.0.0.0", "", false)]
    [InlineData("127.0.0.1", "Grid.example", true)]
    [InlineData("127.0.0.1", "other.grid.example", false)]
    public void Host_IsTaken_WhenItIsAnAddressOfTheService(string bound, string host, bool isTaken)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(host);
        Assert.Equal(isTaken, Check(bound).Refusal(request) is null);
    }

    [Theory]
    [InlineData("http://grid.example:4370", true)]
    [InlineData("https://grid.example:4370", true)]
    [InlineData("http://grid.example", false)]
    [InlineData("http://evil.example:4370", false)]
    public void Origin_IsTaken_WhenItIsTheHost_AlsoUnderTls(string origin, bool isTaken)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "http";
        request.Host = new HostString("grid.example:4370");
        request.Headers.Origin = origin;
        Assert.Equal(isTaken, Check("127.0.0.1").Refusal(request) is null);
    }

    [Fact]
    public async Task AnyAddress_IsServed_WhenItsOperatorInsists()
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { Urls = ["http://0.0.0.0:0"], InsecureAnyAddress = true });
        using var client = new HttpClient();
        var about = new Uri($"http://127.0.0.1:{coordinator.Service.Url.Port}/v1/about");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(about)).StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", null)]
    [InlineData("http://localhost:1", null)]
    [InlineData("http://[::1]:1", null)]
    [InlineData("https://127.0.0.1:1", "only http")]
    [InlineData("127.0.0.1:1", "write it like")]
    [InlineData("http://127.0.0.1:1/path", "write it like")]
    [InlineData("http://example.org:1", "neither")]
    public void Address_ToListenAt_IsReadOrItsFaultTold(string url, string? fault)
    {
        Assert.Equal(fault is null, ListenAddress.TryParse(url, out var address, out var told));
        Assert.Equal(fault is null, address is not null);
        Assert.Contains(fault ?? "", told ?? "");
    }

    private static SiteCheck Check(string bound) => new([IPAddress.Parse(bound)], "lab", ["grid.example"]);
}
