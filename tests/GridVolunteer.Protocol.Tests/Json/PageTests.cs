using System.Text.Json;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Tests.Json;

public sealed class PageTests
{
    [Fact]
    public void LastPage_HasNoCursorAndReadsBack()
    {
        Assert.Null(Read(new JobPage([]), ProtocolJson.Default.JobPage).Next);
        Assert.Null(Read(new PeerPage([]), ProtocolJson.Default.PeerPage).Next);
        Assert.Null(Read(new FailurePage([]), ProtocolJson.Default.FailurePage).Next);
        Assert.Equal("j7", Read(new JobPage([], "j7"), ProtocolJson.Default.JobPage).Next);
    }

    private static T Read<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type), type)!;
}
