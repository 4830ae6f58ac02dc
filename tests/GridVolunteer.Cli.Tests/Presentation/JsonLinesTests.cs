using System.Text.Json;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Tests.Presentation;

public sealed class JsonLinesTests
{
    [Fact]
    public void Accepted_IsExactlyTheJobsId()
    {
        using var cli = new CliFixture();
        cli.Host.Terminal.WriteJson(new JobAccepted(new JobId(1)), ProtocolJson.Default.JobAccepted);

        Assert.Equal($$"""{"jobId":"j1"}{{Environment.NewLine}}""", cli.Out);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Array_IsOneJsonValueWhateverItsLength(int count)
    {
        using var cli = new CliFixture();
        var items = Enumerable.Range(1, count).Select(i => new JobAccepted(new JobId(i))).ToArray();
        cli.Host.Terminal.WriteJsonArray(items, ProtocolJson.Default.JobAccepted);

        using var document = JsonDocument.Parse(cli.Out);
        Assert.Equal(count, document.RootElement.GetArrayLength());
    }
}
