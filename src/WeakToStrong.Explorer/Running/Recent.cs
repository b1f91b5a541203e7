namespace WeakToStrong.Explorer.Running;

/// <summary>Keeps a few values that were used last, so that a picture is not computed again for its file. Thread-safe.</summary>
internal sealed class Recent<T>(int most)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, T Value)> _order = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, T Value)>> _nodes = new(StringComparer.Ordinal);

    public T? Find(string key)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<(string Key, T Value)>? node))
                return null;
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Value;
        }
    }

    public void Keep(string key, T value)
    {
        lock (_gate)
        {
            if (_nodes.Remove(key, out LinkedListNode<(string Key, T Value)>? old))
                _order.Remove(old);
            _nodes[key] = _order.AddFirst((key, value));
            if (_order.Count <= most)
                return;
            _nodes.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }
    }
}
