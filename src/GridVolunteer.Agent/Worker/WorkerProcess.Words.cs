using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Worker;

/// <content>The first words between the two, and the last ones of a worker that has ended.</content>
internal sealed partial class WorkerProcess
{
    private async Task OpenAsync(CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(StartLimit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            var hello = await _reader.ReadAsync(linked.Token);
            if (hello is not { Kind: FrameKind.Hello } || new FrameBody(hello.Value.Body).Text() != _launch.Secret)
            {
                throw new WorkerStartException($"What connected is no worker of this agent. {_launch.Output}".TrimEnd());
            }

            _job.Open.Write(_writer);
            await _stream.WriteAsync(_writer.Written, linked.Token);
            var answer = await _reader.ReadAsync(linked.Token);
            if (answer is not { Kind: FrameKind.Opened })
            {
                throw new WorkloadLoadException(await WhyNotAsync(answer));
            }
        }
        catch (Exception fault) when (fault is IOException or FrameException)
        {
            throw new WorkloadLoadException($"The worker failed while it loaded the workload: {fault.Message}", fault);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WorkloadLoadException($"The workload did not load within {StartLimit.TotalSeconds:0} s.");
        }
    }

    private async Task<string> WhyNotAsync(Frame? answer)
    {
        if (answer is { Kind: FrameKind.CannotOpen } frame)
        {
            return new FrameBody(frame.Body).Text();
        }

        return $"The worker ended while it loaded the workload. {await LastWordsAsync()}".TrimEnd();
    }

    private UnitOutcome? Blame(WorkerEnd end, string lastWords) => end switch
    {
        WorkerEnd.NotNeeded => null,
        WorkerEnd.TimedOut => UnitOutcome.Failed(
            UnitFailureKind.TimedOut, $"The unit ran longer than {_job.UnitTimeLimit.TotalSeconds:0.###} s."),
        _ => UnitOutcome.Failed(UnitFailureKind.WorkerDied, lastWords),
    };

    private async Task<string> LastWordsAsync()
    {
        try
        {
            await _launch.Process.WaitForExitAsync().WaitAsync(LastWordsLimit, _time);
            await _launch.OutputRead.WaitAsync(LastWordsLimit, _time);
        }
        catch (TimeoutException)
        {
            // A child may hold the output open; what was read so far has to do.
        }

        var status = _launch.Process.HasExited ? $"exit code {_launch.Process.ExitCode}" : "no exit code";
        var output = _launch.Output.ToString();
        return output.Length == 0
            ? $"The worker process ended ({status}) without output."
            : $"The worker process ended ({status}). The end of its output: {output}";
    }

    private void TellAbandoned(string lastWords)
    {
        List<BatchUnderWay> abandoned;
        TaskCompletionSource progress;
        WorkerEnd end;
        lock (_gate)
        {
            _closed = true;
            abandoned = [.. _underWay];
            _underWay.Clear();
            _limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            progress = _progress;
            end = _end;
        }

        foreach (var batch in abandoned)
        {
            // Only a unit of the first batch was at work. The worker may have died before it told of the last units it had
            // finished, so where several are left nobody knows which one it was; a hanging one has been told apart.
            var isAtWork = batch == abandoned[0];
            var isKnown = end == WorkerEnd.TimedOut || batch.Left == 1;
            var blame = isAtWork && isKnown ? Blame(end, lastWords) : null;
            _events.Abandoned(
                batch.Batch, batch.Done, blame, suspect: isAtWork && !isKnown && end == WorkerEnd.ByItself);
        }

        progress.TrySetResult();
    }
}
