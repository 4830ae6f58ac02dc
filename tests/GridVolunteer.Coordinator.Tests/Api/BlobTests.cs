using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Blobs over the wire.</summary>
public sealed class BlobTests(SharedCoordinator shared) : IClassFixture<SharedCoordinator>
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("0123456789");

    [Fact]
    public async Task Blob_IsReadAsItWasPut_WholeAndInParts()
    {
        var coordinator = shared.Coordinator;
        var blob = await TestJobs.UploadAsync(coordinator.Operator, Bytes);
        Assert.Equal(Bytes, await coordinator.Anonymous.GetByteArrayAsync($"/v1/blobs/{blob}"));

        var head = await coordinator.Anonymous.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, $"/v1/blobs/{blob}"));
        Assert.Equal((HttpStatusCode.OK, 10L), (head.StatusCode, head.Content.Headers.ContentLength ?? 0));

        var part = await RangeAsync(coordinator, blob, 3, 5);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("345", await part.Content.ReadAsStringAsync());

        var problem = await TestCoordinator.ProblemAsync(await RangeAsync(coordinator, blob, 10, null), 416);
        Assert.Equal(ProblemTypes.RangeNotSatisfiable, problem.Type);
    }

    [Fact]
    public async Task Blob_PutTwice_IsFine()
    {
        var coordinator = shared.Coordinator;
        var blob = await TestJobs.UploadAsync(coordinator.Operator, Bytes);
        Assert.Equal(HttpStatusCode.NoContent, (await TestJobs.PutAsync(coordinator.Operator, blob, Bytes)).StatusCode);
    }

    [Theory]
    [InlineData("abcdefghiX")]
    [InlineData("abcdefghi")]
    [InlineData("abcdefghijX")]
    public async Task Blob_OfOtherBytesThanItsNameSays_IsRefusedAndNotKept(string sent)
    {
        var coordinator = shared.Coordinator;
        var hasher = new BlobHasher();
        hasher.Append("abcdefghij"u8);
        var blob = hasher.Finish();
        var problem = await TestCoordinator.ProblemAsync(
            await TestJobs.PutAsync(coordinator.Operator, blob, Encoding.UTF8.GetBytes(sent)), 422);
        Assert.Equal(ProblemTypes.WrongHash, problem.Type);
        Assert.Equal(
            HttpStatusCode.NotFound, (await coordinator.Anonymous.GetAsync($"/v1/blobs/{blob}")).StatusCode);
    }

    [Fact]
    public async Task Blob_LargerThanAllowed_IsRefused_StatingTheLimit()
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { BlobSizeBytesMax = 1 << 20 });
        var blob = new BlobId(default, (1 << 20) + 1);
        var problem = await TestCoordinator.ProblemAsync(
            await TestJobs.PutAsync(coordinator.Operator, blob, new byte[(1 << 20) + 1]), 413);
        Assert.Contains("1048576 bytes", problem.Detail);
    }

    [Fact]
    public async Task Blob_LargerThanAJsonBodyMayBe_IsTaken()
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { RequestSizeBytesMax = 64 << 10 });
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var blob = await TestJobs.UploadAsync(coordinator.Operator, bytes);
        Assert.Equal(bytes, await coordinator.Anonymous.GetByteArrayAsync($"/v1/blobs/{blob}"));
    }

    [Fact]
    public async Task Agent_UploadsWithinItsAllowance()
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { AgentUploadBytesPerHourMax = 1 << 20 });
        using var agent = await TestAgent.EnrolAsync(coordinator);
        var bytes = new byte[1 << 20];
        var blob = await TestJobs.UploadAsync(agent.Http, bytes);
        Assert.Equal(HttpStatusCode.NoContent, (await TestJobs.PutAsync(agent.Http, blob, bytes)).StatusCode);
        bytes[0] = 1;
        var hasher = new BlobHasher();
        hasher.Append(bytes);
        await TestCoordinator.ProblemAsync(await TestJobs.PutAsync(agent.Http, hasher.Finish(), bytes), 429);
    }

    [Fact]
    public async Task Missing_NamesThoseThatAreNotHere_InTheOrderAsked()
    {
        var coordinator = shared.Coordinator;
        var here = await TestJobs.UploadAsync(coordinator.Operator, Bytes);
        var (first, second) = (here with { LengthBytes = 1 }, here with { LengthBytes = 2 });
        var answer = await coordinator.Operator.PostAsJsonAsync(
            "/v1/blobs/missing", new MissingRequest([second, here, first]),
            ProtocolJson.Default.MissingRequest);
        Assert.Equal(
            [second, first], (await TestCoordinator.ReadAsync(answer, ProtocolJson.Default.MissingAnswer)).Missing);
    }

    private static Task<HttpResponseMessage> RangeAsync(
        TestCoordinator coordinator, BlobId blob, long from, long? to)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/blobs/{blob}");
        request.Headers.Range = new RangeHeaderValue(from, to);
        return coordinator.Anonymous.SendAsync(request);
    }
}
