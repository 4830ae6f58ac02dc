using System.Net;
using System.Text;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Tests.Hosting;

/// <summary>What the documentation shows: it compiles, runs, and is the same there.</summary>
public sealed class UsingItTests
{
    [Fact]
    public async Task TheFirstExample_Runs()
    {
        await using var other = await LoopbackFleet.StartNodeAsync();
        var seed = other.EndPoint!;
        List<string> printed = [];

        // begin: first
        await using var node = await GroupNode.StartAsync(new GroupNodeOptions { Seeds = [seed] });
        var team = await node.JoinAsync("team", GroupKind.Closed);
        await team.SendAsync("hello"u8.ToArray(), Delivery.Fifo);
        await foreach (var update in team.Events())
        {
            switch (update)
            {
                case GroupUpdate.ViewChanged view:
                    printed.Add($"{view.View.Members.Count} here");
                    break;
                case GroupUpdate.Message message:
                    printed.Add(Encoding.UTF8.GetString(message.Payload.Span));
                    await team.LeaveAsync();
                    break;
            }
        }

        // end: first
        Assert.Equal(["1 here", "hello"], printed);
    }

    [Fact]
    public async Task TheExampleOfState_Runs()
    {
        await using var node = await LoopbackFleet.StartNodeAsync();
        var taken = 0;

        // begin: state
        var count = 0;
        var counter = await node.JoinAsync("counter", options: new JoinOptions
        {
            // Called between two updates, so it is the state as of the updates seen so far.
            ProvideState = () => BitConverter.GetBytes(count),
        });
        await foreach (var update in counter.Events())
        {
            count = update switch
            {
                GroupUpdate.ViewChanged { State: { } state } => BitConverter.ToInt32(state.Span),
                GroupUpdate.Message => count + 1,
                GroupUpdate.Interrupted => 0,
                _ => count,
            };
            // end: state
            if (taken++ == 0)
            {
                await counter.SendAsync(new byte[1]);
            }
            else if (count == 1)
            {
                await counter.LeaveAsync();
            }
        }

        Assert.Equal(1, count);
    }

    [Fact]
    public void TheExampleOfOptions_IsValid()
    {
        // begin: options
        var options = new GroupNodeOptions
        {
            Transport = new TransportOptions
            {
                Listen = new IPEndPoint(IPAddress.Any, 7_000),
                Lan = new LanOptions(),
            },
            Host = new GroupHostOptions { Boot = 17 },
        };
        // end: options
        Assert.Equal(17UL, options.Host.Boot);
    }

    [Fact]
    public void Documentation_ShowsWhatIsTestedHere()
    {
        var source = File.ReadAllLines(Find("tests/GridVolunteer.Groups.Tests/Hosting/UsingItTests.cs"));
        var shown = Lines(File.ReadAllLines(Find("docs/GROUPS.md")));
        foreach (var name in new[] { "first", "state", "options" })
        {
            var from = Array.FindIndex(source, l => l.Trim() == $"// begin: {name}");
            var to = Array.FindIndex(source, l => l.Trim() == $"// end: {name}");
            var tested = Lines(source[(from + 1)..to]);
            Assert.True(shown.Contains(tested, StringComparison.Ordinal), $"docs/GROUPS.md shows something else than '{name}'.");
        }
    }

    private static string Lines(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(l => l.Trim()).Where(l => l.Length > 0)).Replace("printed.Add(", "Console.WriteLine(", StringComparison.Ordinal);

    private static string Find(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, path)))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException(path);
        }

        return Path.Combine(folder, path);
    }
}
