namespace GridVolunteer.Groups.RateLimiting;

/// <summary>
/// Lets a steady rate through, and bursts up to what was saved: tokens trickle in, each use takes some. It
/// begins full. One caller at a time.
/// </summary>
/// <param name="perSecond">Tokens that come in a second; at least 0.</param>
/// <param name="burst">Most tokens that are saved; at least 0.</param>
public sealed class TokenBucket(double perSecond, double burst)
{
    private double _perSecond = perSecond;
    private double _burst = burst;
    private double _tokens = burst;
    private TimeSpan _at;

    /// <summary>Takes tokens, or none when there are too few.</summary>
    public bool TryTake(double tokens, TimeSpan now)
    {
        Refill(now);
        if (_tokens < tokens)
        {
            return false;
        }

        _tokens -= tokens;
        return true;
    }

    /// <summary>
    /// When so many tokens will be there, if none are taken before; <see cref="TimeSpan.MaxValue"/> for
    /// never.
    /// </summary>
    public TimeSpan When(double tokens, TimeSpan now)
    {
        Refill(now);
        var lacking = tokens - _tokens;
        if (lacking <= 0)
        {
            return now;
        }

        // A tick more, so that rounding does not bring the caller back a hair too early.
        return tokens > _burst || _perSecond <= 0 || lacking / _perSecond > TimeSpan.MaxValue.TotalSeconds / 4
            ? TimeSpan.MaxValue
            : now + TimeSpan.FromSeconds(lacking / _perSecond) + TimeSpan.FromTicks(1);
    }

    /// <summary>Changes the rate; what is saved stays, up to the new burst.</summary>
    public void Change(double tokensPerSecond, double tokensBurst, TimeSpan now)
    {
        Refill(now);
        _perSecond = tokensPerSecond;
        _burst = tokensBurst;
        _tokens = Math.Min(_tokens, tokensBurst);
    }

    private void Refill(TimeSpan now)
    {
        if (now > _at)
        {
            _tokens = Math.Min(_burst, _tokens + ((now - _at).TotalSeconds * _perSecond));
            _at = now;
        }
    }
}
