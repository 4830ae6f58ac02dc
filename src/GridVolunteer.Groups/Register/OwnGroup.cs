using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Register;

/// <summary>A group this process is in.</summary>
internal sealed class OwnGroup(GroupEntry entry)
{
    private readonly List<(MemberLife Author, ulong Number, TimeSpan Until)> _posts = [];

    public GroupEntry Entry { get; } = entry;

    /// <summary>The view that was installed last; null while it asks to be let in.</summary>
    public View? View { get; set; }

    /// <summary>What sees to it that each post is delivered once; null in a closed group.</summary>
    public OpenGate? Gate { get; } = entry.Kind == GroupKind.Open ? new OpenGate() : null;

    /// <summary>When this process next tells that the group is there, or asks whether it still is.</summary>
    public TimeSpan SpeaksAt { get; set; }

    /// <summary>True once it has given way to another, or has been dissolved.</summary>
    public bool IsOver { get; set; }

    /// <summary>Takes in a post that is sent on; false when it is under way, or too many are.</summary>
    public bool BeginPost(MemberLife author, ulong number, TimeSpan now, TimeSpan lasts)
    {
        const int postsMax = 256;
        _posts.RemoveAll(p => p.Until <= now);
        if (_posts.Count >= postsMax || _posts.Exists(p => p.Author == author && p.Number == number))
        {
            return false;
        }

        _posts.Add((author, number, now + lasts));
        return true;
    }

    /// <summary>A post has been delivered; true when it was this process that sent it on.</summary>
    public bool EndPost(MemberLife author, ulong number) =>
        _posts.RemoveAll(p => p.Author == author && p.Number == number) > 0;
}
