namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>Results to merge into one.</summary>
internal sealed record MergeMessage
{
    /// <summary>The most children of one merge.</summary>
    public const int ChildrenMax = 1024;

    private const int HoleTag = 0;
    private const int BytesTag = 1;
    private const int FileTag = 2;

    /// <summary>The agent's number for this batch of one.</summary>
    public required int Batch { get; init; }

    /// <summary>The merge level, from 1.</summary>
    public required int Level { get; init; }

    /// <summary>The merge unit's index in its level.</summary>
    public required long Index { get; init; }

    /// <summary>True when the result is the job's output.</summary>
    public required bool IsLast { get; init; }

    /// <summary>Index of the first child in the level below.</summary>
    public required long FirstChild { get; init; }

    /// <summary>The children in order.</summary>
    public required IReadOnlyList<MergeChild> Children { get; init; }

    public void Write(FrameWriter writer)
    {
        writer.Begin(FrameKind.Merge);
        writer.Varint(Batch);
        writer.Varint(Level);
        writer.Varint(Index);
        writer.Flag(IsLast);
        writer.Varint(FirstChild);
        writer.Varint(Children.Count);
        foreach (var child in Children)
        {
            WriteChild(writer, child);
        }

        writer.End();
    }

    public static MergeMessage Read(FrameBody body)
    {
        var message = new MergeMessage
        {
            Batch = body.Count(int.MaxValue),
            Level = body.Count(int.MaxValue),
            Index = body.Varint(),
            IsLast = body.Flag(),
            FirstChild = body.Varint(),
            Children = new MergeChild[body.Count(ChildrenMax)],
        };
        var children = (MergeChild[])message.Children;
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = body.Count(FileTag) switch
            {
                HoleTag => MergeChild.Hole,
                BytesTag => new MergeChild(body.Bytes(), null),
                _ => new MergeChild(null, body.Text()),
            };
        }

        body.End();
        return message;
    }

    private static void WriteChild(FrameWriter writer, MergeChild child)
    {
        if (child.Bytes is { } bytes)
        {
            writer.Varint(BytesTag);
            writer.Bytes(bytes.Span);
        }
        else if (child.Path is { } path)
        {
            writer.Varint(FileTag);
            writer.Text(path);
        }
        else
        {
            writer.Varint(HoleTag);
        }
    }
}
