using System.Net;
using System.Text;
using Microsoft.Playwright;

namespace GridVolunteer.Samples.Tests.Whiteboard;

/// <summary>
/// The whiteboard as its users see it: each has a program and a browser of their own. Where a folder is named by
/// WHITEBOARD_PICTURES the pages are kept there as pictures.
/// </summary>
public sealed class BoardPageTests
{
    private const float TimeoutMs = 60_000;
    private const string Browser = "/usr/bin/chromium";

    [Fact]
    public async Task Browsers_EndWithTheSamePicture_AlsoOneThatComesLate()
    {
        Assert.True(File.Exists(Browser), $"This test needs {Browser}: apt-get install chromium.");
        await using var anna = SampleProcess.Start("Whiteboard.dll", "anna");
        var (annaUrl, seed) = await StartedAsync(anna);
        await using var ben = SampleProcess.Start("Whiteboard.dll", "ben", "--seed", seed);
        var (benUrl, _) = await StartedAsync(ben);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        var first = await OpenAsync(browser, annaUrl);
        var second = await OpenAsync(browser, benUrl);
        await Assertions.Expect(first.Locator("#people li")).ToHaveCountAsync(2);

        // What is wiped is gone at both.
        await DrawAsync(second, colour: 3, width: 30, [(300, 300), (800, 700)]);
        await first.GetByRole(AriaRole.Button, new() { Name = "Wipe for all" }).ClickAsync();
        await UntilStrokesAsync(second, 0);
        // Both at once, across each other.
        await Task.WhenAll(
            DrawAsync(first, colour: 1, width: 24, [(200, 200), (700, 650), (1200, 250), (1400, 800)]),
            DrawAsync(second, colour: 4, width: 16, [(200, 800), (650, 200), (1100, 760), (1450, 180)]));
        await DrawAsync(first, colour: 0, width: 8, [(500, 500), (900, 480)]);
        await UntilStrokesAsync(first, 3);
        await UntilStrokesAsync(second, 3);

        await using var cleo = SampleProcess.Start("Whiteboard.dll", "cleo", "--seed", seed);
        var third = await OpenAsync(browser, (await StartedAsync(cleo)).Url);
        await UntilStrokesAsync(third, 3);
        await Assertions.Expect(first.Locator("#people li")).ToHaveCountAsync(3);

        var pictures = await Task.WhenAll(PixelsAsync(first), PixelsAsync(second), PixelsAsync(third));
        await KeepAsync(first, "anna.png");
        await KeepAsync(third, "cleo.png");
        Assert.Equal(pictures[0], pictures[1]);
        Assert.Equal(pictures[0], pictures[2]);
        Assert.NotEqual(await BlankAsync(first), pictures[0]);
    }

    [Theory]
    [InlineData("http://evil.example", null)]
    [InlineData(null, null)]
    [InlineData("http://evil.example", "evil.example")]
    public async Task OtherSites_CannotDraw(string? origin, string? host)
    {
        await using var anna = SampleProcess.Start("Whiteboard.dll", "anna");
        var (url, _) = await StartedAsync(anna);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{url}/wipe"))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<(string Url, string Seed)> StartedAsync(SampleProcess program)
    {
        var match = await program.UntilAsync(@"Draw at (\S+) .*--seed (\S+)");
        return (match.Groups[1].Value, match.Groups[2].Value);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, string url)
    {
        var page = await browser.NewPageAsync(
            new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1_100, Height = 800 } });
        // Browsers on a busy machine take their time.
        page.SetDefaultTimeout(TimeoutMs);
        Assertions.SetDefaultExpectTimeout(TimeoutMs);
        await page.GotoAsync(url);
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("live");
        return page;
    }

    private static async Task DrawAsync(IPage page, int colour, int width, (int X, int Y)[] points)
    {
        await page.Locator("#colors input").Nth(colour).CheckAsync();
        await page.Locator("#width").FillAsync($"{width}");
        var box = (await page.Locator("#board").BoundingBoxAsync())!;
        (float X, float Y) At((int X, int Y) point) =>
            (box.X + (point.X * box.Width / 1_600), box.Y + (point.Y * box.Height / 1_000));
        var start = At(points[0]);
        await page.Mouse.MoveAsync(start.X, start.Y);
        await page.Mouse.DownAsync();
        foreach (var point in points[1..])
        {
            var at = At(point);
            await page.Mouse.MoveAsync(at.X, at.Y, new MouseMoveOptions { Steps = 15 });
        }

        await page.Mouse.UpAsync();
    }

    /// <summary>Waits until the page shows so many strokes, and nothing of its own is on its way.</summary>
    private static Task UntilStrokesAsync(IPage page, int strokes) => page.WaitForFunctionAsync(
        "strokes => { const shown = document.querySelector('#board').dataset;"
        + " return shown.strokes == strokes && shown.pending == 0; }",
        strokes);

    private static Task<string> PixelsAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.querySelector('#board').toDataURL()");

    private static Task<string> BlankAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const blank = Object.assign(document.createElement('canvas'), { width: 1600, height: 1000 });
          const pen = blank.getContext('2d');
          pen.fillStyle = '#fffefb';
          pen.fillRect(0, 0, 1600, 1000);
          return blank.toDataURL();
        }
        """);

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WHITEBOARD_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name) });
        }
    }
}
