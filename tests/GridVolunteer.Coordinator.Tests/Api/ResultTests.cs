using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Results, output, failures, children.</summary>
public sealed class ResultTests
{
    [Fact]
    public async Task Results_StandInIndexOrder_EachInItsForm_AndResume()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 6 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var offer = await agent.GrantAsync(unitsMax: 5);
        var blob = await TestJobs.UploadAsync(agent.Http, new byte[5000]);
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(packed);
        writer.WriteInline("{ \"a\":\n 1.50 }"u8);
        writer.WriteInline([0xff, 0]);
        writer.WriteBlob(blob);
        writer.WriteInline("\"\xff\""u8[..1]);
        await agent.WorkAsync(new WorkRequest
        {
            RequestId = "report",
            Reports =
            [
                new GrantReport
                {
                    Grant = offer.Grant, Runs = [new UnitRun(0, 4)], Results = packed.WrittenMemory,
                },
            ],
        });

        string[] expected =
        [
            "{\"unit\":0,\"state\":\"valid\",\"result\":{ \"a\":  1.50 }}",
            "{\"unit\":1,\"state\":\"valid\",\"resultBase64\":\"/wA=\"}",
            $"{{\"unit\":2,\"state\":\"valid\",\"blob\":\"{blob}\"}}",
            "{\"unit\":3,\"state\":\"valid\",\"resultBase64\":\"Ig==\"}",
        ];
        Assert.Equal(expected, await LinesAsync(coordinator, $"/v1/jobs/{job}/results"));
        Assert.Equal(expected[2..], await LinesAsync(coordinator, $"/v1/jobs/{job}/results?after=1"));
        Assert.Empty(await LinesAsync(coordinator, $"/v1/jobs/{job}/results?after=3"));
        Assert.Empty(await LinesAsync(coordinator, $"/v1/jobs/{job}/results?after=1000000"));
    }

    [Fact]
    public async Task UnitsThatFailed_AreNamedInResultsAndFailures()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 3 });
        for (var i = 0; i < 5; i++)
        {
            using var agent = await TestAgent.IntroduceAsync(coordinator);
            var offer = await agent.GrantAsync(unitsMax: 3);
            var report = i == 0
                ? TestAgent.Report(offer) with { Runs = [new(0, 1), new(2, 1)], Results = Packed("0", "2") }
                : new GrantReport { Grant = offer.Grant };
            await agent.WorkAsync(new WorkRequest
            {
                RequestId = agent.NextRequestId(),
                Reports =
                [
                    report with { Failures = [new UnitFailure(1, UnitFailureKind.Threw, $"no \"{i}\"")] },
                ],
            });
        }

        var view = await TestJobs.ViewAsync(coordinator, job);
        Assert.Equal((2, 1), (view.UnitsValidated, view.UnitsFailed));
        var lines = await LinesAsync(coordinator, $"/v1/jobs/{job}/results");
        Assert.Equal(3, lines.Count);
        Assert.Equal("{\"unit\":1,\"state\":\"failed\",\"error\":\"no \\u00224\\u0022\"}", lines[1]);

        var messages = new List<string>();
        string? next = null;
        do
        {
            var page = await TestCoordinator.ReadAsync(
                await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}/failures?limit=2&after={next}"),
                ProtocolJson.Default.FailurePage);
            messages.AddRange(page.Items.Select(f => $"{f.Unit} {f.Message} {f.Final}"));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(5, messages.Count);
        Assert.Equal("1 no \"4\" True", messages[^1]);
    }

    [Fact]
    public async Task Output_IsRawBytesWithRanges_OnceItIsThere()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(
            coordinator, s => s with { Units = 1, MergeFanIn = 2, OutputType = "text/html" });
        await TestCoordinator.ProblemAsync(
            await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}/output"), 409);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        await agent.WorkAsync(agent.Request(reports: TestAgent.Report(await agent.GrantAsync())));
        var merge = await agent.GrantAsync();
        var large = Encoding.UTF8.GetBytes(new string('x', 9000) + "end");
        var blob = await TestJobs.UploadAsync(agent.Http, large);
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        new PackedResultsWriter(packed).WriteBlob(blob);
        await agent.WorkAsync(agent.Request(
            reports: new GrantReport { Grant = merge.Grant, Runs = merge.Runs, Results = packed.WrittenMemory }));
        await TestJobs.CompletedAsync(coordinator, job);

        var response = await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}/output");
        Assert.Equal(large, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(("text/html", 9003L),
            (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLength ?? 0));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single());

        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{job}/output");
        request.Headers.Range = new RangeHeaderValue(9000, null);
        var part = await coordinator.Anonymous.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("end", await part.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Children_LeaveHolesOut()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 10 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var offer = await agent.GrantAsync(unitsMax: 10);
        await agent.WorkAsync(agent.Request(reports: new GrantReport
        {
            Grant = offer.Grant,
            Runs = [new(2, 2), new(7, 1)],
            Results = Packed("a", "b", "c"),
        }));
        var children = await TestCoordinator.ReadAsync(
            await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}/children?level=0&start=3&count=100"),
            ProtocolJson.Default.ChildResults);
        Assert.Equal([new UnitRun(3, 1), new UnitRun(7, 1)], children.Present);
        Assert.Equal(Packed("b", "c").ToArray(), children.Results.ToArray());
        var none = await TestCoordinator.ReadAsync(
            await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}/children?level=1&start=0&count=100"),
            ProtocolJson.Default.ChildResults);
        Assert.Empty(none.Present);
    }

    private static ReadOnlyMemory<byte> Packed(params string[] results)
    {
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var result in results)
        {
            new PackedResultsWriter(packed).WriteInline(Encoding.UTF8.GetBytes(result));
        }

        return packed.WrittenMemory;
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(TestCoordinator coordinator, string path)
    {
        var response = await coordinator.Anonymous.GetAsync(path);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadAsStringAsync()).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
