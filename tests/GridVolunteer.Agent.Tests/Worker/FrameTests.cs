using System.Buffers.Binary;
using System.Text.Json;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Tests.Worker;

/// <summary>Messages between agent and worker, and what is no message.</summary>
public sealed class FrameTests
{
    [Fact]
    public async Task Messages_ComeOutAsTheyWentIn_HoweverTheStreamCutsThem()
    {
        var writer = new FrameWriter();
        var compute = new ComputeMessage
        {
            Batch = 3,
            Runs = [new UnitRun(5, 2), new UnitRun(1L << 40, 1)],
            Inputs = new byte[] { 1, 2 },
        };
        compute.Write(writer);
        (compute with { Checkpoint = new byte[] { 9 } }).Write(writer);
        OpenOf("""{"a":1}""").Write(writer);

        foreach (var size in (int[])[1, 3, 7, 1000])
        {
            var reader = new FrameReader(new DrippingStream(writer.Written.ToArray(), size));
            var first = ComputeMessage.Read(new FrameBody((await reader.ReadAsync(default))!.Value.Body));
            Assert.Equal(compute.Runs, first.Runs);
            Assert.Equal([1, 2], first.Inputs.ToArray());
            Assert.Null(first.Checkpoint);
            var second = ComputeMessage.Read(new FrameBody(reader.Read()!.Value.Body));
            Assert.Equal([9], second.Checkpoint!.Value.ToArray());
            var open = OpenMessage.Read(new FrameBody((await reader.ReadAsync(default))!.Value.Body));
            Assert.Equal("""{"a":1}""", open.Parameters.GetRawText());
            Assert.Equal("path", open.Inputs["name"]);
            Assert.Equal(-5, open.Seed);
            Assert.Null(await reader.ReadAsync(default));
        }
    }

    [Fact]
    public void Results_OfAllKinds_ComeOutAsTheyWentIn()
    {
        var entries = new FrameWriter();
        ResultsMessage.WriteEntry(entries, UnitOutcome.Small(new byte[] { 7 }));
        ResultsMessage.WriteEntry(entries, UnitOutcome.Large("r1"));
        ResultsMessage.WriteEntry(entries, UnitOutcome.Failed(UnitFailureKind.Threw, new string('x', 5000)));
        var writer = new FrameWriter();
        ResultsMessage.WriteFrame(writer, batch: 4, computeSeconds: 0.25, count: 3, entries.Written.Span);

        var results = ResultsMessage.Read(new FrameBody(writer.Written[(Frame.PrefixSizeBytes + 1)..]));
        Assert.Equal((4, 0.25), (results.Batch, results.ComputeSeconds));
        Assert.Equal([7], results.Outcomes[0].Bytes.ToArray());
        Assert.Equal("r1", results.Outcomes[1].File);
        Assert.Equal(UnitOutcome.MessageLengthMax, results.Outcomes[2].Message!.Length);
    }

    [Fact]
    public async Task AFrameThatIsTooLarge_IsRefusedBeforeItIsRead()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Frame.SizeBytesMax + 1);
        await Assert.ThrowsAsync<FrameException>(() => new FrameReader(new MemoryStream(bytes)).ReadAsync(default).AsTask());
        var writer = new FrameWriter();
        writer.Begin(FrameKind.Checkpoint);
        writer.Bytes(new byte[Frame.SizeBytesMax]);
        Assert.Throws<FrameException>(writer.End);
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void RandomBytes_AreRefused_NotBelieved()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            Read(() => ComputeMessage.Read(new FrameBody(bytes)));
            Read(() => MergeMessage.Read(new FrameBody(bytes)));
            Read(() => ResultsMessage.Read(new FrameBody(bytes)));
        }
    }

    private static void Read(Func<object> read)
    {
        try
        {
            read();
        }
        catch (FrameException)
        {
            // Refused: nothing else may happen.
        }
    }

    private static OpenMessage OpenOf(string parameters)
    {
        using var json = JsonDocument.Parse(parameters);
        return new OpenMessage
        {
            PackageFolder = "package",
            ScratchFolder = "scratch",
            ResultFolder = "results",
            Parameters = json.RootElement.Clone(),
            Inputs = new Dictionary<string, string> { ["name"] = "path" },
            Seed = -5,
            ResultSizeBytesMax = 100,
            CheckpointInterval = TimeSpan.FromSeconds(2),
        };
    }
}
