using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Register;

/// <summary>A group this process is in.</summary>
internal sealed class OwnGroup(GroupEntry entry)
{
    private readonly List<(MemberLife Author, ulong Number, TimeSpan Until)> _posts = [];

    private readonly List<ProcessId> _former = [];

    public GroupEntry Entry { get; } = entry;

    /// <summary>The view that was installed last; null while it asks to be let in.</summary>
    public View? View { get; private set; }

    /// <summary>A view was installed.</summary>
    public void Install(View view)
    {
        const int formerMax = 256;
        _former.AddRange((View?.Ids ?? []).Except(view.Ids));
        _former.RemoveAll(id => view.Ids.Contains(id));
        _former.RemoveRange(0, Math.Max(0, _former.Count - formerMax));
        View = view;
    }

    /// <summary>
    /// True for one that is a member or was one in a view that this process was in: what it did as a member may be heard of
    /// late.
    /// </summary>
    public bool HasBeenIn(ProcessId id) =>
        _former.Contains(id) || (View?.Ids.Contains(id) ?? Entry.Members.Any(m => m.Id == id));

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
