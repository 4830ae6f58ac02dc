namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// Runs a step of work whenever somebody rings, one step at a time, on the thread of whoever rings first: there is no
/// thread of its own, and none to wake. Who rings while a step runs has it run once more. After some steps in a row the
/// work moves to another thread, so that nobody who rang is kept for ever.
/// </summary>
internal sealed class Pump(Action step)
{
    private const int StepsMax = 16;

    // 0: at rest; 1: running; 2: running, and somebody has rung since.
    private int _state;
    private TaskCompletionSource? _stopped;

    /// <summary>Runs the work here, unless it runs already.</summary>
    public void Ring()
    {
        if (TryBegin())
        {
            Run();
        }
    }

    /// <summary>Has the work run on another thread.</summary>
    public void RingElsewhere()
    {
        if (TryBegin())
        {
            Queue();
        }
    }

    /// <summary>Ends once no step runs any more; none begins after that.</summary>
    public Task StopAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _stopped, stopped, null) is { } first)
        {
            return first.Task;
        }

        RingElsewhere();
        return stopped.Task;
    }

    private bool TryBegin()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == 2)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, state + 1, state) == state)
            {
                return state == 0;
            }
        }
    }

    private void Queue() =>
        ThreadPool.UnsafeQueueUserWorkItem(static pump => pump.Run(), this, preferLocal: false);

    private void Run()
    {
        for (var i = 0; i < StepsMax; i++)
        {
            if (Volatile.Read(ref _stopped) is { } stopped)
            {
                // The state stays: nobody begins again.
                stopped.TrySetResult();
                return;
            }

            Volatile.Write(ref _state, 1);
            step();
            if (Interlocked.CompareExchange(ref _state, 0, 1) == 1)
            {
                return;
            }
        }

        Queue();
    }
}
