namespace GridVolunteer.Peer.Buffering;

/// <summary>
/// What to expect of the next answer's delay: smoothed mean plus four smoothed deviations, as TCP estimates
/// its retransmission timeout (Jacobson 1988, RFC 6298).
/// </summary>
public sealed class LatencyEstimate
{
    private const double MeanGain = 1.0 / 8;
    private const double DeviationGain = 1.0 / 4;

    private double _mean;
    private double _deviation;
    private bool _measured;

    /// <summary>A delay that few answers exceed, in seconds; 0 before the first measurement.</summary>
    public double Seconds => _mean + (4 * _deviation);

    /// <summary>Takes in one measured delay, in seconds; 0 or more.</summary>
    public void Note(double seconds)
    {
        if (!_measured)
        {
            (_mean, _deviation, _measured) = (seconds, seconds / 2, true);
            return;
        }

        _deviation += DeviationGain * (Math.Abs(seconds - _mean) - _deviation);
        _mean += MeanGain * (seconds - _mean);
    }
}
