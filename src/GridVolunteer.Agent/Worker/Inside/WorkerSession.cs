using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Worker.Inside;

/// <summary>
/// A worker's side of the protocol: says hello, loads the one job it is given, takes batches until the agent closes the
/// socket or dies, which looks the same.
/// </summary>
internal sealed class WorkerSession(Stream stream, TimeProvider time)
{
    private readonly FrameReader _reader = new(stream);
    private readonly FrameWriter _writer = new();

    /// <summary>Serves until the agent has gone; blocks the caller's thread, which nothing of a workload runs on.</summary>
    /// <exception cref="FrameException">The agent does not keep to the protocol.</exception>
    public void Serve(string secret)
    {
        Say(FrameKind.Hello, secret);
        if (_reader.Read() is not { Kind: FrameKind.Open } first)
        {
            return;
        }

        var job = OpenMessage.Read(new FrameBody(first.Body));
        if (Load(job) is not { } workload)
        {
            _ = _reader.Read();
            return;
        }

        Say(FrameKind.Opened, "");
        var runner = new UnitRunner(workload, job, new Outbox(stream, time, job.CheckpointInterval), time);
        while (_reader.Read() is { } frame)
        {
            runner.Add(frame.Kind switch
            {
                FrameKind.Compute => ComputeMessage.Read(new FrameBody(frame.Body)),
                FrameKind.Merge => MergeMessage.Read(new FrameBody(frame.Body)),
                _ => throw new FrameException($"An agent does not send {frame.Kind}."),
            });
        }
    }

    private IWorkload? Load(OpenMessage job)
    {
        try
        {
            return WorkloadHost.Load(job.PackageFolder);
        }
        catch (WorkloadLoadException fault)
        {
            Say(FrameKind.CannotOpen, fault.Message);
        }
#pragma warning disable CA1031 // Code of strangers may throw anything while it is loaded; the agent is told, nothing is swallowed.
        catch (Exception fault)
        {
            Say(FrameKind.CannotOpen, fault.ToString());
        }
#pragma warning restore CA1031

        return null;
    }

    private void Say(FrameKind kind, string text)
    {
        _writer.Clear();
        _writer.Begin(kind);
        _writer.Text(text);
        _writer.End();
        stream.Write(_writer.Written.Span);
    }
}
