namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>A frame is malformed or larger than allowed: the other side cannot be trusted to make sense any more.</summary>
internal sealed class FrameException : Exception
{
    public FrameException(string message)
        : base(message)
    {
    }
}
