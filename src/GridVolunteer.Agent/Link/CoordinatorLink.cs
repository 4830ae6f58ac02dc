using System.Net;
using System.Security.Cryptography;
using GridVolunteer.Protocol.Client;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace GridVolunteer.Agent.Link;

/// <summary>
/// Calls to the coordinator that are repeated, with jittered exponential pauses, until it answers or the caller gives up:
/// its absence is nothing that an agent fails at. Only a refusal comes out as an exception. Safe for concurrent use.
/// </summary>
internal sealed partial class CoordinatorLink
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CoordinatorClient _client;
    private readonly ILogger _log;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _gate = new();
    private bool _away;
    private bool _everAnswered;

    public CoordinatorLink(CoordinatorClient client, TimeProvider time, ILogger log)
    {
        _client = client;
        _log = log;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(IsWorthRepeating(args.Outcome.Exception)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                Randomizer = Jitter,
                DelayGenerator = args => ValueTask.FromResult(AskedPause(args.Outcome.Exception)),
                OnRetry = args =>
                {
                    NoteFailure(args.Outcome.Exception!);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>The coordinator's address.</summary>
    public Uri Coordinator => _client.Coordinator;

    /// <summary>Calls until there is an answer.</summary>
    /// <exception cref="CoordinatorProblemException">The coordinator refuses, and would again.</exception>
    public async Task<TAnswer> CallAsync<TAnswer>(
        Func<CoordinatorClient, CancellationToken, Task<TAnswer>> call, CancellationToken cancellation)
    {
        var answer = await _pipeline.ExecuteAsync(
            async token => await call(_client, token), cancellation);
        NoteAnswer();
        return answer;
    }

    /// <summary>Calls until there is an answer.</summary>
    /// <exception cref="CoordinatorProblemException">The coordinator refuses, and would again.</exception>
    public Task CallAsync(Func<CoordinatorClient, CancellationToken, Task> call, CancellationToken cancellation) =>
        CallAsync<object?>(
            async (client, token) =>
            {
                await call(client, token);
                return null;
            },
            cancellation);

    /// <summary>Calls once; null when the coordinator did not answer.</summary>
    /// <exception cref="CoordinatorProblemException">The coordinator refuses, and would again.</exception>
    public async Task<TAnswer?> TryAsync<TAnswer>(
        Func<CoordinatorClient, CancellationToken, Task<TAnswer>> call, CancellationToken cancellation)
        where TAnswer : class
    {
        try
        {
            var answer = await call(_client, cancellation);
            NoteAnswer();
            return answer;
        }
        catch (Exception fault) when (IsWorthRepeating(fault))
        {
            NoteFailure(fault);
            return null;
        }
    }

    /// <summary>
    /// Whether a later try may go better. Being refused entry is final at the first contact (somebody at the keyboard can
    /// put it right); later on it may be the coordinator's own trouble, and an agent that gave up would stay away for good.
    /// </summary>
    private bool IsWorthRepeating(Exception? fault) => fault switch
    {
        CoordinatorUnreachableException => true,
        CoordinatorProblemException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => _everAnswered,
        CoordinatorProblemException problem => problem.IsTransient,
        _ => false,
    };

    private static TimeSpan? AskedPause(Exception? fault) =>
        fault is CoordinatorProblemException { RetryAfter: { } pause } && pause < LongestPause ? pause : null;

    private void NoteFailure(Exception fault)
    {
        lock (_gate)
        {
            if (_away)
            {
                return;
            }

            _away = true;
        }

        LogAway(fault.Message);
    }

    private void NoteAnswer()
    {
        bool wasAway;
        lock (_gate)
        {
            (wasAway, _away, _everAnswered) = (_away, false, true);
        }

        if (wasAway)
        {
            LogBack(Coordinator);
        }
    }

    /// <summary>Spreads the pauses of many agents; nothing is decided by it that a replay would need.</summary>
    private static double Jitter() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
